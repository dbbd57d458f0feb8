using Chunnel.Config;
using Chunnel.Control;
using Chunnel.Core;
using Chunnel.Engine;
using Chunnel.Server;

namespace Chunnel.Cli;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is not ["run", var path]) return Usage();
        try
        {
            return await RunAsync(path);
        }
        catch (ChunnelException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 1;
        }
    }

    private static int Usage()
    {
        Console.Error.WriteLine("usage: chunnel run JOB");
        return 234;
    }

    private static async Task<int> RunAsync(string path)
    {
        var job = JobLoader.Load(JobLoader.ReadFile(path));
        using var logs = new NodeLogs(null, "", new ConsoleLines(Console.Out, Console.Error), TimeProvider.System);
        await using var engine = new ChunnelEngine(new EngineSettings(), BuiltInPlugins.Registry(), logs, TimeProvider.System);
        var handle = await engine.SubmitAsync(new JobSubmission { Definition = job }, CancellationToken.None);
        var ended = await handle.Ended;
        Console.WriteLine($"{ended.Status}: read {ended.Metrics.Read.Rows}, written {ended.Metrics.Written.Rows}, committed {ended.Metrics.Committed.Rows}");
        if (ended.ErrorText is not null) await Console.Error.WriteLineAsync(ended.ErrorText);
        return ended.Status == JobStatus.Failed ? 1 : 0;
    }
}
