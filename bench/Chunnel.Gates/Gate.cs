namespace Chunnel.Gates;

/// <summary>A doubt about what we build on, and the run that settles it. The answer becomes a page in docs/adr/.</summary>
internal abstract class Gate
{
    /// <summary>What <c>./build.sh gates NAME</c> calls it.</summary>
    public abstract string Name { get; }

    public abstract string Question { get; }

    public abstract void Run(Report report);
}
