using Chunnel.Core;

namespace Chunnel.Cli.Testing;

/// <summary>One test of a job: the rows that its sources give, and those that its sinks must get.</summary>
internal sealed record TestFile
{
    public required string Path { get; init; }

    /// <summary>The job's file.</summary>
    public required string Job { get; init; }

    /// <summary>As <c>-i</c> gives them.</summary>
    public required IReadOnlyList<string> Variables { get; init; }

    public required IReadOnlyList<GivenTable> Given { get; init; }

    public required IReadOnlyList<ExpectedTable> Expected { get; init; }

    /// <summary>What the job's error must hold; null when it must succeed.</summary>
    public string? Error { get; init; }

    /// <summary>What decides about faults; null for none.</summary>
    public long? Seed { get; init; }

    /// <summary>How often the job is made to fail and to go on.</summary>
    public int Restarts { get; init; }
}

/// <summary>The rows of one table of a source.</summary>
/// <param name="Source">Which source; null for the only one.</param>
/// <param name="Settings">The element, with its schema if it has one.</param>
/// <param name="Rows">The rows.</param>
internal sealed record GivenTable(string? Source, SettingsObject Settings, IReadOnlyList<TestRow> Rows);

/// <summary>The rows that a sink must get of one table.</summary>
internal sealed record ExpectedTable
{
    /// <summary>Which sink; null for the only one.</summary>
    public string? Sink { get; init; }

    /// <summary>Which table; null for the only one.</summary>
    public string? Table { get; init; }

    public required bool InOrder { get; init; }

    /// <summary>Columns that are not looked at.</summary>
    public required IReadOnlyList<string> Ignored { get; init; }

    public required IReadOnlyList<TestRow> Rows { get; init; }

    public required TextPosition Where { get; init; }
}

/// <summary>A row as a test writes it: its kind, and a list of all its values or an object of some.</summary>
internal sealed record TestRow(RowKind Kind, SettingsNode Fields);
