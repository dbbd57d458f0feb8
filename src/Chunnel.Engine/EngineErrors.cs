using Chunnel.Core;

namespace Chunnel.Engine;

public static class EngineErrors
{
    public static readonly ErrorCode AlreadySubmitted = new("CHUNNEL-03", "Job id already used");
}
