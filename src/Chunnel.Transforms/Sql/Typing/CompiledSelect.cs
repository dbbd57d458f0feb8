using Chunnel.Core;
using Chunnel.Transforms.Sql.Explosions;
using Chunnel.Transforms.Sql.Parsing;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Typing;

/// <summary>A query made ready, and what it was made of, which is asked for only to be shown.</summary>
/// <param name="Program">What runs.</param>
/// <param name="Explosion">What is made of its rows afterwards if the query explodes arrays.</param>
internal sealed record CompiledSelect(SqlProgram Program, Explosion? Explosion)
{
    public required SqlSelect Select { get; init; }

    /// <summary>The table that comes out in the end.</summary>
    public required TableSchema Output { get; init; }

    public required IReadOnlyList<OutputItem> Items { get; init; }

    /// <summary>The arrays that are exploded.</summary>
    public required IReadOnlyList<ExplodedView> Views { get; init; }

    /// <summary>What rows must fulfil; null where all do.</summary>
    public required Node? Condition { get; init; }

    public required Operand? Filter { get; init; }

    /// <summary>What the program gives: the computed items, and behind them the arrays.</summary>
    public required IReadOnlyList<Operand> Registers { get; init; }

    public required int FilterSteps { get; init; }

    public required ProgramBuilder Builder { get; init; }
}
