using Chunnel.Control;

namespace Chunnel.Engine;

/// <summary>A job as the log has it.</summary>
internal sealed record LedgerJob(LoggedJob Logged, JobContent Content);
