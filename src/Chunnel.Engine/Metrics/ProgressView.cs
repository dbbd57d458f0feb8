namespace Chunnel.Engine;

/// <summary>How far a bounded source has come.</summary>
/// <param name="SplitsDone">Splits that are read to their end.</param>
/// <param name="Splits">All splits.</param>
/// <param name="Share">The share of the whole that is read, 0 to 1: by size where splits know theirs, else by their number.</param>
public sealed record ProgressView(int SplitsDone, int Splits, double Share);
