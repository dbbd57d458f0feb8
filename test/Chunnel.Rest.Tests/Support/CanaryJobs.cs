using System.Text;

namespace Chunnel.Canaries;

/// <summary>Jobs with words in every kind of place where a secret stands. Whatever is made of the jobs, the words come out nowhere (S10).</summary>
public static class CanaryJobs
{
    /// <summary>How every secret begins, in plain text and as base64.</summary>
    public static readonly IReadOnlyList<string> Words = ["c4n4ry", "YzRuNHJ5"];

    private const string Schema = "{ fields { a = string } }";

    private static readonly (string Key, string Hocon, string Json, string Sql)[] _secrets =
    [
        Same("password", "\"c4n4ry-1\""),
        Same("username", "\"c4n4ry-2\""),
        ("token", "\"\"\"c4n4ry-3\n  c4n4ry-4\"\"\"", "\"c4n4ry\\\"c4n4ry\"", "'c4n4ry''c4n4ry'"),
        ("auth", "{ name = \"c4n4ry-5\" }", "{\"name\":\"c4n4ry-5\"}", "'{ name = \"c4n4ry-5\" }'"),
        ("secret_key", "[\"c4n4ry-6\",\n  \"c4n4ry-7\"]", "[\"c4n4ry-6\",\n  \"c4n4ry-7\"]", "'[\"c4n4ry-6\", \"c4n4ry-7\"]'"),
        Same("pin", "\"c4n4ry-8\""),
        Same("url", "\"jdbc:mysql://h/d?user=u&password=c4n4ry-9\""),
        Same("uri", "\"mongodb://u:c4n4ry@10@h/d\""),
        Same("dsn", "\"host=h password=c4n4ry-11 port=1\""),
        ("sasl", "{ db.password = c4n4ry-12 and more }", "{\"db.password\":\"c4n4ry-12\"}", "'{ db.password = c4n4ry-12 }'"),
        ("options", "\"{\\\"api_key\\\": \\\"c4n4ry-13\\\"}\"", "\"{\\\"api_key\\\": \\\"c4n4ry-13\\\"}\"", "'{ \"api_key\": \"c4n4ry-13\" }'"),
    ];

    /// <summary>Name, format and text: jobs that run, jobs that fail, jobs that cannot be read, jobs whose options are wrong.</summary>
    public static IEnumerable<(string Name, string Format, string Text)> All =>
    [
        .. Of("runs", "", "Console", null),
        .. Of("fails", "", "Assert", null),
        .. Of("unknown-plug-in", "", "Cnsole", null),
        .. Of("shaded", "base64", "Console", null),
        .. Of("shaded-wrongly", "aes-256-gcm", "Console", null),
        .. _secrets.SelectMany((_, at) => Of($"wrong-after-{_secrets[at].Key}", "", "Console", at)),
        .. _secrets.SelectMany((secret, at) => Of($"unread-after-{secret.Key}", "", "Console", at).Select(job => job with { Text = job.Text.Replace("\"many\"", "= ]", StringComparison.Ordinal).Replace("'many'", "= ]", StringComparison.Ordinal) })),
    ];

    private static (string, string, string, string) Same(string key, string text) => (key, text, text, $"'{text[1..^1]}'");

    /// <param name="name">Of the job.</param>
    /// <param name="shade">The identifier; empty for none.</param>
    /// <param name="sink">The plug-in that ends it.</param>
    /// <param name="wrongAfter">The secret with a wrong value behind it on its line.</param>
    private static IEnumerable<(string Name, string Format, string Text)> Of(string name, string shade, string sink, int? wrongAfter)
    {
        var secrets = shade.Length == 0 ? _secrets : [("password", Shaded, Shaded, $"'{Shaded[1..^1]}'"), ("token", $"[{Shaded}]", $"[{Shaded}]", $"'[{Shaded}]'"), ("pin", Shaded, Shaded, $"'{Shaded[1..^1]}'")];
        var properties = shade == "aes-256-gcm" ? ", shade.properties { key = \"c4n4ry-14\" }" : "";
        var env = $"job.name = {name}, job.retry.times = 0, shade.options = [\"pin\"], shade.identifier = \"{(shade.Length == 0 ? "default" : shade)}\"{properties}";
        yield return ($"{name}.conf", "hocon", $"env {{ {env} }}\nsource {{ FakeSource {{ row.num = 2, schema {Schema}\n" + string.Concat(secrets.Select((secret, at) => $"  {secret.Item1} = {secret.Item2}{(at == wrongAfter ? ", split.num = \"many\"" : "")}\n")) + $"}} }}\nsink {{ {sink} {{ rules {{ row_rules = [ {{ rule_type = MAX_ROW, rule_value = 1 }} ] }} }} }}\n");
        var jsonProperties = properties.Length == 0 ? "" : ",\"shade.properties\":{\"key\":\"c4n4ry-14\"}";
        yield return ($"{name}.json", "json", $"{{\"env\":{{\"job.name\":\"{name}\",\"job.retry.times\":0,\"shade.options\":[\"pin\"],\"shade.identifier\":\"{(shade.Length == 0 ? "default" : shade)}\"{jsonProperties}}},\"source\":[{{\"plugin_name\":\"FakeSource\",\"row.num\":2,\"schema\":{{\"fields\":{{\"a\":\"string\"}}}}"
            + string.Concat(secrets.Select((secret, at) => $",\"{secret.Item1}\":{secret.Item3}{(at == wrongAfter ? ",\"split.num\":\"many\"" : "")}")) + $"}}],\"sink\":[{{\"plugin_name\":\"{sink}\",\"rules\":{{\"row_rules\":[{{\"rule_type\":\"MAX_ROW\",\"rule_value\":1}}]}}}}]}}");
        yield return ($"{name}.sql", "sql", $"/* config\nenv {{ {env} }}\n*/\nCREATE TABLE a WITH ('connector' = 'FakeSource', 'type' = 'source', 'row.num' = '2', 'schema' = '{Schema}'"
            + string.Concat(secrets.Select((secret, at) => $", '{secret.Item1}' = {secret.Item4}{(at == wrongAfter ? ", 'split.num' = 'many'" : "")}\n")) + $");\nCREATE TABLE b WITH ('connector' = '{sink}', 'type' = 'sink', 'rules' = '{{ row_rules = [ {{ rule_type = MAX_ROW, rule_value = 1 }} ] }}');\nINSERT INTO b SELECT a FROM a;\n");
    }

    private static string Shaded { get; } = $"\"{Convert.ToBase64String(Encoding.UTF8.GetBytes("c4n4ry-shaded"))}\"";
}
