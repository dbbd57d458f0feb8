namespace Chunnel.Cli.Testing;

/// <summary>How a test ended.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Summary">What was looked at, in words.</param>
/// <param name="Failures">What is wrong, a line each; none for a test that passed.</param>
/// <param name="Took">How long it took.</param>
internal sealed record TestOutcome(string Path, string Summary, IReadOnlyList<string> Failures, TimeSpan Took)
{
    public bool Passed => Failures.Count == 0;
}
