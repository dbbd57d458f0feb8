using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>
/// A function of the Sql transform that a plug-in brings. It works on columns: a call gets those of its arguments and gives one back, for
/// some thousand rows at once. Each call in a query has an instance of its own, which may keep buffers between batches.
/// </summary>
public interface ISqlFunction
{
    /// <summary>The name in queries, in any case. A built-in function of the name wins.</summary>
    string Name { get; }

    /// <summary>How it is called and what it gives, for error texts: <c>MASK_PHONE(text) -> STRING</c>.</summary>
    string Signature { get; }

    /// <summary>False when equal arguments may give other results: then it is computed for every call and row.</summary>
    bool IsSteady => true;

    /// <summary>The result's type for arguments of these types; null when they do not fit. A NULL without a type comes as a string.</summary>
    DataType? ResultType(IReadOnlyList<DataType> arguments);

    /// <summary>
    /// The result for all rows, held by the caller: of the type said, with as many rows. Nulls are the function's to handle. When it throws, it is
    /// called again for some of the rows at a time, until those that it throws on are found; <see cref="SqlFunctionInput.Fail"/> names them at once.
    /// </summary>
    Column Evaluate(SqlFunctionInput input);
}
