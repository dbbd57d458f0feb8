using Chunnel.Plugins;

namespace Chunnel.Samples.Countdown;

/// <summary>The countdown, and where it is: the next number is <paramref name="Left"/>.</summary>
internal sealed record CountdownSplit(long Left) : SourceSplit("countdown")
{
    public static byte[] ToBytes(CountdownSplit split) => BitConverter.GetBytes(split.Left);

    public static CountdownSplit FromBytes(byte[] bytes) => new(BitConverter.ToInt64(bytes));
}
