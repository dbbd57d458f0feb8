namespace Chunnel.Engine;

/// <summary>Which part of a pipeline refuses a row: it decides in which count the row would be otherwise.</summary>
internal enum RefusingPart
{
    Source,
    Transform,
    Sink,
}
