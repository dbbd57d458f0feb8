using System.Globalization;

namespace Chunnel.Bench;

/// <summary>A node from its start to its first answer, and what it takes when it has nothing to do.</summary>
internal sealed class ServerBench(BenchFolders folders, int runs) : IBench
{
    private const double MostSeconds = 0.5;
    private const double MostMiB = 100;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    public string Name => "server";

    public async Task<ResultPage> RunAsync()
    {
        var page = new ResultPage(Name, string.Create(CultureInfo.InvariantCulture, $"`chunnel server`, published ReadyToRun, self-contained, until `GET /overview` answers 200; {runs} runs. Idle: the resident set {Idle.TotalSeconds:N0} s later."))
        {
            WhenMissed = "Not profiled yet; a bare Kestrel that answers one request is the larger part of such a start in docs/adr/0008. Next: profile it, and listen before the engine is made.",
        };
        var seconds = new List<double>();
        var idle = new List<double>();
        for (var run = 0; run < runs; run++)
        {
            await using var node = await NodeProcess.StartAsync(folders);
            seconds.Add(node.FirstAnswer.TotalSeconds);
            await Task.Delay(Idle, TimeProvider.System);
            idle.Add(Machine.ResidentMiBOf(node.Id));
        }
        var (first, rest) = (new Spread(seconds), new Spread(idle));
        page.Head("", "first answer, s", "idle, MiB");
        page.Row("chunnel server", first.Text("F3"), rest.Text("F1"));
        page.Must($"first answer within {MostSeconds.ToString(CultureInfo.InvariantCulture)} s", $"{first.Median:F3} s", first.Median <= MostSeconds);
        page.Must($"idle at most {MostMiB.ToString(CultureInfo.InvariantCulture)} MiB", $"{rest.Median:F1} MiB", rest.Median <= MostMiB);
        return page;
    }
}
