using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Chunnel.JobTests;

/// <summary>
/// kill -9 on a real node, again and again, at moments that a seed chooses, until the job is done; then the target is looked at from
/// outside: exactly the rows of the source (architecture.md 6: S1, S2).
/// </summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Files = 3;
    private const int RowsPerFile = 12_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("chunnel-kill-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>How often the node is killed; more in a soak.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("CHUNNEL_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 12;

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("CHUNNEL_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Environment.TickCount;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Files_into_files_through_any_number_of_kills(int parallelism)
    {
        var seed = Seed;
        output.WriteLine($"CHUNNEL_SEED={seed}");
        var dice = new Random(seed);
        await WriteSourceAsync();
        // slow enough that the kills meet it at work
        var rowsPerSecond = Math.Max(Files * RowsPerFile / Math.Max(Kills / 4, 1) / parallelism, 500);
        var job = $$"""
            env { parallelism = {{parallelism}}, checkpoint.interval = 60, read_limit.rows_per_second = {{rowsPerSecond}} }
            source { LocalFile { path = "{{Path.Combine(_folder, "in")}}", file_format_type = "csv", schema { fields { id = bigint, name = string } } } }
            sink { LocalFile { path = "{{Path.Combine(_folder, "out")}}", tmp_path = "{{Path.Combine(_folder, "tmp")}}", file_format_type = "csv", batch_size = 700 } }
            """;
        var node = await ServerProgram.StartAsync(_folder);
        try
        {
            var jobId = await SubmitAsync(node, job);
            var kills = 0;
            while (kills < Kills)
            {
                await Task.Delay(dice.Next(20, 500), Stop);
                var isOver = await StatusAsync(node, jobId) is not ("RUNNING" or "INITIALIZING" or "CREATED" or "PENDING" or "SCHEDULED");
                await node.KillAsync();
                await node.DisposeAsync();
                kills++;
                node = await ServerProgram.StartAsync(_folder);
                if (isOver) break;
            }
            output.WriteLine($"killed {kills} times");
            (await EndOfAsync(node, jobId)).ShouldBe("FINISHED");
        }
        finally
        {
            await node.DisposeAsync();
        }
        CheckRows();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task WriteSourceAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "in"));
        for (var file = 0; file < Files; file++)
        {
            var rows = Enumerable.Range(file * RowsPerFile, RowsPerFile).Select(id => string.Create(CultureInfo.InvariantCulture, $"{id},name {id}"));
            await File.WriteAllLinesAsync(Path.Combine(_folder, "in", $"part{file}.csv"), rows, Stop);
        }
    }

    private void CheckRows()
    {
        var seen = new Dictionary<long, int>();
        foreach (var line in Directory.EnumerateFiles(Path.Combine(_folder, "out"), "*", SearchOption.AllDirectories).SelectMany(File.ReadLines))
        {
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            var id = long.Parse(line.AsSpan(0, comma), CultureInfo.InvariantCulture);
            line[(comma + 1)..].ShouldBe($"name {id}");
            seen[id] = seen.GetValueOrDefault(id) + 1;
        }
        var lost = Enumerable.Range(0, Files * RowsPerFile).Where(id => !seen.ContainsKey(id)).Take(5).ToList();
        var doubled = seen.Where(pair => pair.Value > 1).Select(pair => pair.Key).Order().Take(5).ToList();
        lost.ShouldBeEmpty($"lost; {seen.Count} of {Files * RowsPerFile} are there");
        doubled.ShouldBeEmpty("doubled");
    }

    private static async Task<string> SubmitAsync(ServerProgram node, string job)
    {
        using var content = new StringContent(job);
        using var answer = await node.Client.PostAsync("/submit-job?format=hocon", content, Stop);
        var read = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return read.GetProperty("jobId").GetString() ?? throw new InvalidOperationException(read.ToString());
    }

    private static async Task<string> StatusAsync(ServerProgram node, string jobId) =>
        (await node.Client.GetFromJsonAsync<JsonElement>($"/job-info/{jobId}", Stop)).TryGetProperty("jobStatus", out var status) ? status.GetString()! : "";

    private static async Task<string> EndOfAsync(ServerProgram node, string jobId)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            var job = await node.Client.GetFromJsonAsync<JsonElement>($"/job-info/{jobId}", patience.Token);
            var status = job.GetProperty("jobStatus").GetString()!;
            if (status is "FINISHED" or "CANCELED") return status;
            if (status is "FAILED" or "UNKNOWABLE") throw new InvalidOperationException(job.ToString());
            await Task.Delay(50, patience.Token);
        }
    }
}
