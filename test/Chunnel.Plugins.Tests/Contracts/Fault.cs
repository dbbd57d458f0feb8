namespace Chunnel.Plugins.Tests.Contracts;

/// <summary>A slip that a suite must find.</summary>
public enum Fault
{
    None,
    LeaksABatch,
    SnapshotLagsBehind,
    SnapshotRunsAhead,
    LosesASplitOnTheWire,
    MakesLargeBatches,
    ForgetsTheSelection,
    ForgetsTheKinds,
    CommitsTwice,
    ShowsBeforeTheCommit,
    KeepsWhatIsAborted,
}
