namespace Chunnel.Transforms.DataValidator;

/// <summary>A row that breaks rules: its number within the batch, and what is wrong with which column.</summary>
internal sealed record InvalidRow(int Row, IReadOnlyList<(string Field, string Message)> Errors)
{
    public override string ToString() => string.Join("; ", Errors.Select(error => error.Message));
}
