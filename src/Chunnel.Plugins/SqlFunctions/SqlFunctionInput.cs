using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>What a function of a plug-in works on: its arguments for the rows of a batch.</summary>
public abstract class SqlFunctionInput
{
    /// <summary>The arguments; they are lent for the call.</summary>
    public abstract IReadOnlyList<Column> Arguments { get; }

    /// <summary>Rows of every argument, and of the result.</summary>
    public abstract int Rows { get; }

    /// <summary>Where the result's blocks come from; the same for all batches.</summary>
    public abstract BatchMemory Memory { get; }

    /// <summary>False for rows that a filter dropped or a CASE does not ask for: they may have any value, and must not fail.</summary>
    public abstract bool Counts(int row);

    /// <summary>Says that a row cannot be computed: it fails the job or is left out, as the job file says.</summary>
    public abstract void Fail(int row, string why);
}
