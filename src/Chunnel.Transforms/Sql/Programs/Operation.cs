namespace Chunnel.Transforms.Sql.Programs;

/// <summary>One step of a program: reads columns, writes one. Its call is the only virtual one, once per batch.</summary>
internal abstract class Operation
{
    /// <summary>The register that the result goes to.</summary>
    public required int Target { get; init; }

    /// <summary>Computes the result for all rows of the frame. An operation that can fail does only the rows that count.</summary>
    public abstract void Run(Frame frame);
}
