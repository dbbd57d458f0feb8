using System.Globalization;

namespace Chunnel.Bench;

/// <summary>Figures of the same thing, measured several times.</summary>
internal sealed class Spread(IEnumerable<double> figures)
{
    private readonly double[] _figures = [.. figures.Order()];

    public double Least => _figures[0];

    public double Median => _figures[_figures.Length / 2];

    public double Most => _figures[^1];

    /// <summary>What a share of the figures does not exceed: 0.99 for p99.</summary>
    public double At(double share) => _figures[Math.Min((int)(_figures.Length * share), _figures.Length - 1)];

    /// <summary>The median, with the least and the most behind it.</summary>
    public string Text(string format) =>
        string.Create(CultureInfo.InvariantCulture, $"{Median.ToString(format, CultureInfo.InvariantCulture)} ({Least.ToString(format, CultureInfo.InvariantCulture)} to {Most.ToString(format, CultureInfo.InvariantCulture)})");
}
