using System.Globalization;

namespace Chunnel.JobTests;

/// <summary>Chance with a seed that the output of a test names: <c>CHUNNEL_SEED</c> shows the same again.</summary>
internal static class Chance
{
    private static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("CHUNNEL_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Environment.TickCount;

    public static Random New(ITestOutputHelper output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"CHUNNEL_SEED={Seed}"));
        return new Random(Seed);
    }
}
