/* A blog in a bad mood: so many of a hundred requests go wrong, in one way or in any. */
[$chance, $only] = explode(' ', @file_get_contents(WP_CONTENT_DIR . '/mood') . '  ');
$asked = str_contains($_SERVER['REQUEST_URI'] ?? '', 'wp-json')
    || str_contains($_SERVER['REQUEST_URI'] ?? '', 'xmlrpc.php');
if (!$asked || mt_rand(0, 99) >= (int) $chance) {
    return;
}
/* What a careless programmer shows: the sign-in, as it came. */
$told = ($_SERVER['HTTP_AUTHORIZATION'] ?? '') . ' ' . ($_SERVER['PHP_AUTH_USER'] ?? '') . ':'
    . ($_SERVER['PHP_AUTH_PW'] ?? '') . ' ' . substr(file_get_contents('php://input'), 0, 600);
$say = function (int $status, string $code, int $wait = 0) use ($told) {
    http_response_code($status);
    header('Content-Type: application/json');
    if ($wait) {
        header("Retry-After: $wait");
    }
    die(json_encode(['code' => $code, 'message' => $told, 'data' => ['status' => $status]]));
};
$moods = [
    'dies' => fn() => [http_response_code(500), die()],
    'dies talking' => fn() => [http_response_code(500), die("<b>Fatal error</b>: $told")],
    'unauthorised' => fn() => $say(401, 'incorrect_password'),
    'forbidden' => fn() => $say(403, 'rest_forbidden'),
    'refuses' => fn() => $say(400, 'rest_invalid_param'),
    'server error' => fn() => $say(500, 'db_insert_error'),
    'busy' => fn() => $say(429, 'too_many', 1),
    'away' => fn() => $say(503, 'maintenance', 1),
    'warns' => fn() => print("<br><b>Warning</b>: $told in functions.php"),
    'page' => fn() => die("<html><body>Sign in, $told"),
    'elsewhere' => fn() => [header('Location: http://127.0.0.1:1/?t=' . urlencode($told), true, 302), die()],
    'half' => fn() => ob_start(fn($all) => substr($all, 0, intdiv(strlen($all), 2))),
    'after' => fn() => ob_start(function ($all) use ($told) {
        http_response_code(502);
        return "<html>Bad gateway $told";
    }),
    'fault' => fn() => die('<?xml version="1.0"?><methodResponse><fault><value><struct><member>'
        . '<name>faultCode</name><value><int>403</int></value></member><member><name>faultString'
        . '</name><value><string>' . htmlspecialchars($told) . '</string></value></member></struct>'
        . '</value></fault></methodResponse>'),
];
$moods[$only && isset($moods[strtr($only, '_', ' ')]) ? strtr($only, '_', ' ') : array_rand($moods)]();
