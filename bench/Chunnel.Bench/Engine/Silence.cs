using Chunnel.Engine;
using Microsoft.Extensions.Logging;

namespace Chunnel.Bench;

/// <summary>Where a bench's engine writes its console: nowhere.</summary>
internal sealed class Silence : ILineSink
{
    public void Write(LogLevel level, string line)
    {
    }
}
