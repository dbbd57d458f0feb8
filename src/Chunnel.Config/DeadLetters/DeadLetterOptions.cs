using Chunnel.Core;

namespace Chunnel.Config.DeadLetters;

/// <summary>What a job says about rows that a step refuses: <c>env.dead_letter</c>.</summary>
public sealed record DeadLetterOptions
{
    /// <summary>Before so many rows are read a share of them says little.</summary>
    public const long UsualMinRows = 1000;

    public static readonly DeadLetterOptions None = new();

    /// <summary>What counts for steps that say nothing themselves.</summary>
    public RefusedRows Policy { get; init; } = RefusedRows.Fail;

    /// <summary>Where refused rows are set aside; null where none are.</summary>
    public PluginBlock? Sink { get; init; }

    /// <summary>How many rows of a pipeline may be refused; null: any number.</summary>
    public long? MaxRows { get; init; }

    /// <summary>How many of a hundred rows that a pipeline reads may be refused; null: all of them.</summary>
    public double? MaxPercent { get; init; }

    /// <summary>Rows that a pipeline must have read before <see cref="MaxPercent"/> is judged; at the end of the input it always is.</summary>
    public long MinRows { get; init; } = UsualMinRows;

    /// <summary>What counts for a step.</summary>
    public RefusedRows PolicyOf(PluginBlock block) => block.Refused ?? Policy;
}
