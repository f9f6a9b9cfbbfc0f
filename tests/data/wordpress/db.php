<?php
/*
 * The place where WordPress looks for another database than MySQL.
 */
define('SQLITE_DB_DROPIN_VERSION', '1.8.0');
define('DB_ENGINE', 'sqlite');
require_once getenv('WORDPRESS_DRIVER') . '/wp-includes/sqlite/db.php';
