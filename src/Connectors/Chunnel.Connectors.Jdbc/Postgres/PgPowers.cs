namespace Chunnel.Connectors.Jdbc;

/// <summary>Powers of ten, 10^0 to 10^38.</summary>
internal static class PgPowers
{
    private static readonly Int128[] All = Make();

    public static Int128 Of(int exponent) => All[exponent];

    private static Int128[] Make()
    {
        var powers = new Int128[39];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
