namespace Chunnel.Bench.Postgres;

/// <summary>A way for rows into or out of PostgreSQL, and who goes it.</summary>
/// <param name="Name">What the page calls it.</param>
/// <param name="Rows">Rows that go.</param>
/// <param name="Target">The table that is emptied before each run and counted after it; null when a file is written.</param>
/// <param name="Contenders">Names, and how each is run into a fresh folder.</param>
internal sealed record PgTask(string Name, int Rows, string? Target, IReadOnlyList<(string Name, Func<string, Task<ChildRun>> Run)> Contenders);
