using Chunnel.Core;

namespace Chunnel.Transforms.Sql.Parsing;

/// <summary>Gathers everything wrong with one query, with SeaTunnel's texts and the place in the job file.</summary>
internal sealed class SqlProblems(QueryText query)
{
    /// <summary>Stands for a name that could not be read and has been reported.</summary>
    public const string Unreadable = "\0";

    private readonly List<(int Start, Problem Problem)> _problems = [];

    /// <summary>In the order of the query.</summary>
    public IReadOnlyList<Problem> All => [.. _problems.OrderBy(found => found.Start).Select(found => found.Problem)];

    public bool Any => _problems.Count > 0;

    public void CannotParse(Span where, string why) => Add(where, CommonErrors.UnsupportedOperation, $"SQL parse failed: {query.OnOneLine}, cause: {why}", null);

    public void Invalid(Span where, string why, string? mend = null) =>
        Add(where, CommonErrors.UnsupportedOperation, $"SQL validate failed: {query.OnOneLine}, cause: {why}", mend);

    public void UnsupportedExpression(Span where, string text, string? mend = null) =>
        Add(where, CommonErrors.UnsupportedOperation, $"Unsupported SQL Expression: {text}", mend);

    public void Unsupported(Span where, string what, string? mend = null) => Add(where, CommonErrors.UnsupportedOperation, what, mend);

    public void Illegal(Span where, string what, string? mend = null) => Add(where, CommonErrors.IllegalArgument, what, mend);

    /// <summary>All problems as one exception, if there are any.</summary>
    public void ThrowIfAny()
    {
        if (Any) throw new ProblemsException(All);
    }

    private void Add(Span where, ErrorCode code, string what, string? mend) =>
        _problems.Add((where.Start, new Problem(code, what) { Where = query.At(where), Mend = mend }));
}
