<?php
/*
 * What every site of the tests has in common; a site's own lines come first and win.
 */
require getenv('WORDPRESS_SITE') . '/config.php';

$table_prefix = 'wp_';
$common = [
    'DB_NAME' => 'site', 'DB_USER' => '', 'DB_PASSWORD' => '', 'DB_HOST' => '',
    'DB_CHARSET' => 'utf8mb4', 'DB_COLLATE' => '',
    'DB_DIR' => getenv('WORDPRESS_SITE'),
    'DB_FILE' => 'site.sqlite',
    'WP_HOME' => getenv('WORDPRESS_URL'),
    'WP_SITEURL' => getenv('WORDPRESS_URL'),
    'WP_CONTENT_DIR' => getenv('WORDPRESS_SITE') . '/www/wp-content',
    // Only a "local" site takes application passwords over plain http.
    'WP_ENVIRONMENT_TYPE' => 'local',
    'WP_HTTP_BLOCK_EXTERNAL' => true,
    'WP_ACCESSIBLE_HOSTS' => '127.0.0.1,localhost',
    'AUTOMATIC_UPDATER_DISABLED' => true,
    'DISALLOW_FILE_MODS' => true,
    'DISABLE_WP_CRON' => true,
    'FS_METHOD' => 'direct',
    'WP_DEBUG' => true,
    'WP_DEBUG_DISPLAY' => false,
    'WP_DEBUG_LOG' => getenv('WORDPRESS_SITE') . '/debug.log',
];
foreach ($common as $name => $value) {
    defined($name) || define($name, $value);
}
require_once ABSPATH . 'wp-settings.php';
