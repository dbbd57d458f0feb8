namespace Chunnel.Bench;

/// <summary>Some measurements of one part, run by its name: <c>./build.sh bench sql</c>.</summary>
internal sealed record Bench(string Name, string Says, Func<Task> Run);
