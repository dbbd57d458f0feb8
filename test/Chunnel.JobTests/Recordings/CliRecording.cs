using System.Text.Json;

namespace Chunnel.JobTests;

/// <summary>What SeaTunnel's command answered to some arguments: job files stand in <c>golden/in</c>, ids and times are masked.</summary>
/// <param name="Script">The script that was called.</param>
/// <param name="Args">Its arguments.</param>
/// <param name="ExitCode">What it ended with.</param>
/// <param name="Flags">Flags that its help names.</param>
/// <param name="Says">Lines that a client may look for.</param>
public sealed record CliRecording(string Script, string[] Args, int ExitCode, string[]? Flags, string[] Says)
{
    private static readonly JsonSerializerOptions _web = new(JsonSerializerDefaults.Web);

    public static string Root { get; } = Path.Combine(GoldenJob.Root, "cli");

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Root, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static CliRecording Read(string name) => JsonSerializer.Deserialize<CliRecording>(File.ReadAllText(Path.Combine(Root, $"{name}.json")), _web)!;
}
