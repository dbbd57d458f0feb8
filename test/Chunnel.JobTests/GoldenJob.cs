using System.Text.Json;

namespace Chunnel.JobTests;

/// <summary>A job that ran in a real server, with what it did there, in a form that is particular to no run.</summary>
/// <param name="End">The final state; REFUSED when nothing was started.</param>
/// <param name="Read">Rows read, when the server told.</param>
/// <param name="Written">Rows written, when the server told.</param>
/// <param name="Console">Lines of the Console sink; those of parallel tasks interleave freely.</param>
/// <param name="Vertices">Each as <c>1 source pipeline-1 [Source[0]-FakeSource] [fake]</c>; null when nothing was started.</param>
/// <param name="Edges">Each as <c>1: 1 -> 2</c>, pipeline first.</param>
public sealed record GoldenJob(string End, long? Read, long? Written, IReadOnlyList<string> Console, IReadOnlyList<string>? Vertices, IReadOnlyList<string>? Edges)
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web);

    public static string Root { get; } = Path.Combine(AppContext.BaseDirectory, "golden");

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Root, "in")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public static GoldenJob Recorded(string name) =>
        JsonSerializer.Deserialize<GoldenJob>(File.ReadAllBytes(Path.Combine(Root, "out", name + ".json")), _options)!;

    /// <summary>The job's text; files go below the folder.</summary>
    public static string Text(string name, string folder) =>
        File.ReadAllText(Path.Combine(Root, "in", name)).Replace("{out}", folder.Replace('\\', '/'), StringComparison.Ordinal);

    /// <summary>True when every value is written in the job, so that each line of the console can be foretold.</summary>
    public static bool GivesItsRows(string text) =>
        text.Contains("rows", StringComparison.Ordinal) && !text.Contains("row.num", StringComparison.Ordinal);
}
