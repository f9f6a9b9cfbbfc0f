<?php
/*
 * Which file answers an address. Several sites share one tree of WordPress's own files, so the
 * document root holds only what is this site's own: uploads, drop-ins, plugins of a test.
 */
const TYPES = [
    'css' => 'text/css', 'gif' => 'image/gif', 'html' => 'text/html', 'js' => 'text/javascript',
    'json' => 'application/json', 'png' => 'image/png', 'svg' => 'image/svg+xml',
    'txt' => 'text/plain', 'woff2' => 'font/woff2',
];

$tree = getenv('WORDPRESS_TREE');
$path = rawurldecode(explode('?', $_SERVER['REQUEST_URI'], 2)[0]);
if (str_contains($path, '..')) {
    $path = '/';
}
$own = $_SERVER['DOCUMENT_ROOT'] . $path;
if (is_file($own) && !str_ends_with($own, '.php')) {
    return false;
}
if (is_file("$tree$path/index.php")) {
    if (!str_ends_with($path, '/')) {
        header("Location: $path/", true, 301);
        return true;
    }
    $path .= 'index.php';
}
if (!is_file($tree . $path)) {
    $path = '/index.php';
}
$kind = pathinfo($path, PATHINFO_EXTENSION);
if ($kind !== 'php') {
    header('Content-Type: ' . (TYPES[$kind] ?? 'application/octet-stream'));
    readfile($tree . $path);
    return true;
}
$_SERVER['SCRIPT_FILENAME'] = $tree . $path;
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = $path;
// PHP's server fills this in for pretty addresses, and WordPress would believe it.
unset($_SERVER['PATH_INFO']);
chdir(dirname($tree . $path));
require $tree . $path;
