using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>A query as it runs: operations over registers, after equal ones were made one and constants were computed. Those of the filter come first.</summary>
public sealed record QueryPlan
{
    /// <summary>The columns that are read at all, in their registers.</summary>
    public required IReadOnlyList<QueryInput> Inputs { get; init; }

    /// <summary>How many columns the table has.</summary>
    public required int ColumnsOfTable { get; init; }

    public required IReadOnlyList<QueryStep> Steps { get; init; }

    /// <summary>The register or the constant that says which rows stay; null when all do.</summary>
    public required string? Keeps { get; init; }

    public required IReadOnlyList<QueryOutput> Outputs { get; init; }
}

public sealed record QueryInput(string Register, string Column, DataType Type);

/// <summary>One operation.</summary>
/// <param name="Register">Where the result goes.</param>
/// <param name="Operation">What is done.</param>
/// <param name="Operands">Registers and constants.</param>
/// <param name="Type">The result's type.</param>
/// <param name="Guard">Where it may run, for an operation that can fail; null for everywhere.</param>
/// <param name="Expression">What it was written as.</param>
/// <param name="Filters">True before the rows are chosen.</param>
public sealed record QueryStep(string Register, string Operation, IReadOnlyList<string> Operands, DataType Type, string? Guard, string Expression, bool Filters);

/// <summary>A column that comes out, and the register or constant that it is; for the elements of an exploded array, that of the array.</summary>
public sealed record QueryOutput(string Column, DataType Type, string From, bool Exploded);
