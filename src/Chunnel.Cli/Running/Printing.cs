using System.Text;
using Chunnel.Plugins;

namespace Chunnel.Cli.Running;

/// <summary>Where the lines of sinks that print go.</summary>
/// <param name="Line">One line; null sends it into the job's log.</param>
/// <param name="Lines">Many lines at once; null where they come one by one.</param>
internal sealed record Printing(Action<string>? Line, PrintLines? Lines)
{
    public static readonly Printing IntoTheLog = new(null, null);

    /// <summary>Straight into a stream, a batch of lines at a time.</summary>
    public static Printing To(Stream output)
    {
        var turn = new Lock();
        return new Printing(line => Write(Encoding.UTF8.GetBytes(line + "\n")), Write);

        void Write(ReadOnlySpan<byte> lines)
        {
            lock (turn)
            {
                output.Write(lines);
                output.Flush();
            }
        }
    }
}
