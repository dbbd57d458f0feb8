namespace Chunnel.Gates.Start;

/// <summary>packages.md 11.3 item 14.</summary>
internal sealed class StartUp : Gate
{
    private const int Runs = 7;

    public override string Name => "start";

    public override string Question => "What does each library add to the start of a process and to its memory?";

    public override void Run(Report report)
    {
        foreach (var kind in Child.Kinds)
        {
            string memory = "";
            var seconds = Clock.Best(Runs, () => memory = ChildProcess.Run(kind));
            report.Row(kind, $"{seconds * 1e3:F0} ms, {memory} MiB");
        }
    }
}
