using System.Text;

namespace Chunnel.Rest.Tests;

/// <summary>Makes requests that are nearly right: known places, methods, parameters and bodies, some of them broken. The same seed makes the same ones.</summary>
internal sealed class RequestMaker(Random random, IReadOnlyList<string> paths)
{
    private static readonly string[] _methods = ["GET", "GET", "GET", "POST", "POST", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "BREW"];
    private static readonly string[] _rests = ["", "/", "/1", "/abc", "/-1", "/99999999999999999999999", "/FINISHED", "/..", "/%2e%2e%2fetc", "/..%5c", "/%00", "/%zz", "/a/b/c", "/%F0%9F%92%A9", "//", "/job-1.log", "/.log", "/%2F.log", ";x=1", "/1?", "/+1", "/0x10", "/1e3"];
    private static readonly string[] _names = ["jobId", "jobName", "format", "isStartWithSavePoint", "limit", "pretty", "zone", "type", "plugin", "page", "rows", "windowMs", "", "a b", "%", "jobId[]"];
    private static readonly string[] _values = ["", "1", "-1", "abc", "true", "maybe", "json", "hocon", "sql", "9223372036854775808", "%", "%C3%28", "%00", "null", "a=b", "<script>", "1.5", "%E4%B8%AD%E6%96%87"];
    private static readonly string[] _types = ["application/json", "text/plain", "multipart/form-data; boundary=x", "multipart/form-data", "application/x-www-form-urlencoded", "nonsense"];

    private static readonly string[] _bodies =
    [
        "", "{}", "[]", "null", "1", "\"text\"", "{", "[{]", "{\"jobId\":1}", "{\"jobId\":\"x\"}", "{\"jobId\":null}", "{\"jobId\":{}}", "{\"jobId\":1e400}", "[{\"jobId\":1},2,null]",
        "{\"jobId\":1,\"isStopWithSavePoint\":\"perhaps\"}", "{\"env\":{},\"source\":[],\"sink\":[]}", "{\"env\":[],\"source\":{},\"sink\":1}", "[[[[[[[[[[]]]]]]]]]]", "{\"a\":{\"a\":{\"a\":1}}}",
        "env { } source { FakeSource { } } sink { Console { } }", "include \"x\"", "${a}${b", "CREATE TABLE a (b INT) WITH ('connector'='FakeSource','type'='source');\nINSERT INTO a SELECT * FROM a;",
        "--x\r\nContent-Disposition: form-data; name=\"config_file\"; filename=\"a.conf\"\r\n\r\nenv {}\r\n--x--\r\n", "--x\r\n\r\n", "--x--", "zone=az1&rack=2",
        Jobs.Short, Jobs.Failing,
    ];

    /// <summary>The next request: method, target, body and what it claims to be.</summary>
    public (string Method, string Target, byte[] Body, string? Type) Next()
    {
        var target = new StringBuilder(Pick(paths));
        if (random.Next(2) == 0) target.Append(Pick(_rests));
        for (var i = random.Next(4); i > 0; i--) target.Append(target.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?').Append(Pick(_names).Replace(" ", "%20", StringComparison.Ordinal)).Append('=').Append(Pick(_values));
        var body = Encoding.UTF8.GetBytes(Pick(_bodies));
        if (random.Next(3) == 0) Break(body);
        if (random.Next(20) == 0) body = [.. Enumerable.Repeat((byte)'[', 100_000)];
        return (Pick(_methods), target.ToString(), body, random.Next(2) == 0 ? null : Pick(_types));
    }

    /// <summary>Some bytes become others.</summary>
    private void Break(byte[] bytes)
    {
        for (var i = Math.Min(bytes.Length, random.Next(1, 4)); i > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
