using System.Net;

namespace Chunnel.Rest;

/// <summary>The ports that a listener may have, both ends counted.</summary>
/// <param name="First">Tried first; 0 takes any that is free.</param>
/// <param name="More">How many after it are tried too.</param>
/// <param name="IsSearched">Whether a port that other programs hold is passed over before it is tried.</param>
internal readonly record struct PortChoice(int First, int More, bool IsSearched)
{
    public int Last => First == 0 ? 0 : Math.Min(First + More, IPEndPoint.MaxPort);

    public IEnumerable<int> Candidates => Enumerable.Range(First, Last - First + 1);
}
