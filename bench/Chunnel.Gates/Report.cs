using System.Globalization;

namespace Chunnel.Gates;

/// <summary>Prints what a gate found as lines of a table, ready for its page.</summary>
internal sealed class Report
{
    /// <summary>False once something that must hold did not.</summary>
    public bool Passed { get; private set; } = true;

    public void Row(string what, FormattableString found) =>
        Console.WriteLine($"| {what} | {found.ToString(CultureInfo.InvariantCulture)} |");

    public void Must(string what, bool holds)
    {
        Passed &= holds;
        Console.WriteLine($"| {what} | {(holds ? "yes" : "**NO**")} |");
    }
}
