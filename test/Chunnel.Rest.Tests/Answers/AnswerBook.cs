using System.Text;

namespace Chunnel.Rest.Tests;

/// <summary>
/// Asks a node and writes down what it answers, a page for each route of each face. The pages that a reviewer has agreed to lie in
/// golden/answers; <c>CHUNNEL_WRITE_GOLDEN=1</c> writes them anew.
/// </summary>
internal sealed class AnswerBook(NodeUnderTest node)
{
    private readonly SortedDictionary<string, StringBuilder> _pages = new(StringComparer.Ordinal);

    private static bool IsWriting => Environment.GetEnvironmentVariable("CHUNNEL_WRITE_GOLDEN") == "1";

    private static string Folder => IsWriting ? Path.Combine(RepositoryFolder.Path, "test", "Chunnel.Rest.Tests", "golden", "answers") : Path.Combine(AppContext.BaseDirectory, "golden", "answers");

    /// <summary>The pages that there must be: one for each question and order of v2, and for each question of v1.</summary>
    public static IEnumerable<string> Wanted =>
        Places.Routes.Where(route => !route.IsAlias).SelectMany(route => route.V1 == V1Place.None || route.Method == "POST" ? [PageOf("v2", NameOf(route))] : (string[])[PageOf("v2", NameOf(route)), PageOf("v1", NameOf(route))]);

    /// <summary>The pages there are, by face and route.</summary>
    public IEnumerable<string> Pages => _pages.Keys;

    private static string NameOf(Route route) => $"{route.Method} {route.Path}";

    private static string PageOf(string face, string route) => Path.Combine(face, $"{route.ToLowerInvariant().Replace(" /", "-", StringComparison.Ordinal).Replace('/', '-').Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)}.txt");

    /// <summary>Asks both faces; v1 where it has the route.</summary>
    public async Task AskAsync(params IReadOnlyList<string> targets)
    {
        foreach (var target in targets)
        {
            await SendAsync("v2", node.Port, "GET", target, null, null);
            if (RouteOf("GET", target).V1 != V1Place.None) await SendAsync("v1", node.V1Port, "GET", target, null, null);
        }
    }

    /// <summary>Orders of v2. What it orders is done once.</summary>
    public Task<Answer> OrderAsync(string target, string body, string? type = null) => SendAsync("v2", node.Port, "POST", target, body, type);

    /// <summary>Asks a place that v1 alone has.</summary>
    public Task<Answer> AskMemberAsync(string method, string place, string? body = null) => SendAsync("v1", node.V1Port, method, place, body, null, isMember: true);

    /// <summary>The pages against those that were agreed to; what is not the same.</summary>
    public IEnumerable<string> Compare()
    {
        foreach (var (page, text) in _pages)
        {
            var file = Path.Combine(Folder, page);
            if (IsWriting)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, text.ToString());
            }
            else if (!File.Exists(file))
            {
                yield return $"{page} is new:\n{text}";
            }
            else if (File.ReadAllText(file).ReplaceLineEndings("\n") is var agreed && agreed != text.ToString())
            {
                yield return $"{page}\n{Difference(agreed.Split('\n'), text.ToString().Split('\n'))}";
            }
        }
    }

    private static string Difference(string[] agreed, string[] now)
    {
        var line = agreed.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {line + 1}: '{agreed.ElementAtOrDefault(line)}' was agreed to, '{now.ElementAtOrDefault(line)}' is answered";
    }

    private static Route RouteOf(string method, string target) =>
        Places.Routes.First(route => route.Method == method && route.LeadsTo(target.Split('?')[0], out _));

    private async Task<Answer> SendAsync(string face, int port, string method, string target, string? body, string? type, bool isMember = false)
    {
        var route = isMember ? $"{method} {target}" : NameOf(RouteOf(method, target));
        var root = face == "v2" || isMember ? "" : RouteOf(method, target).V1 == V1Place.Instance ? V1Table.Instance : V1Table.Maps;
        var answer = await RawHttp.SendAsync(port, method, root + target, body is null ? null : Encoding.UTF8.GetBytes(body), type, host: $"node:{(face == "v1" ? 5801 : 8080)}");
        if (!_pages.TryGetValue(PageOf(face, route), out var page)) _pages[PageOf(face, route)] = page = new StringBuilder();
        if (page.Length > 0) page.Append("\n\n");
        page.Append(method).Append(' ').Append(root).Append(target).Append('\n');
        if (body is not null) page.Append(body.ReplaceLineEndings("\n")).Append('\n');
        page.Append("\n=> ").Append(answer.Status).Append(' ').Append(answer.ContentType ?? "without a type").Append('\n').Append(Shown(answer).Replace($":{node.V1Port}", ":5801", StringComparison.Ordinal)).Append('\n');
        return answer;
    }

    /// <summary>JSON whole, of long lists the first element; of figures their names; of other texts what there is to see.</summary>
    private static string Shown(Answer answer)
    {
        if (answer.Body.Length == 0) return "nothing";
        if (answer.ContentType!.Contains("json", StringComparison.Ordinal) || answer.Body.StartsWith("[\"", StringComparison.Ordinal))
        {
            if (answer.Body.Contains("\"openapi\"", StringComparison.Ordinal)) return "the document";
            var json = answer.Json;
            return string.Join('\n', json.ValueKind == System.Text.Json.JsonValueKind.Array && json.GetArrayLength() > 5 ? [.. Golden.Of(json[0]), "and so on"] : Golden.Of(json));
        }
        if (answer.Body.Contains("# TYPE", StringComparison.Ordinal)) return string.Join('\n', answer.Body.Split('\n').Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)));
        if (answer.Body.Contains("Seatunnel log", StringComparison.Ordinal)) return answer.Body;
        return answer.ContentType!.StartsWith("text/html", StringComparison.Ordinal) ? "the page" : "the file";
    }
}
