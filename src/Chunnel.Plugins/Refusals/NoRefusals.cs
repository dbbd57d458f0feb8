using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>Where no row may be refused: the first one that is ends the job.</summary>
public sealed class NoRefusals : IRowRefusals
{
    public static readonly NoRefusals Allowed = new();

    private NoRefusals()
    {
    }

    public bool EndsJob => true;

    public void Refuse(ColumnBatch batch, int row, ChunnelException error) => throw error;

    public void Refuse(UnreadRow row, ChunnelException error) => throw error;
}
