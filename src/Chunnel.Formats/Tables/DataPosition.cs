namespace Chunnel.Formats;

/// <summary>A row border in a stream of rows. All three count from 0.</summary>
/// <param name="ByteOffset">Bytes before the border: of the file, or of its UTF-8 form when it is in another encoding.</param>
/// <param name="Line">Line breaks before the border, those inside quotes too.</param>
/// <param name="Row">Data rows before the border, left-out ones too; a header is none.</param>
public readonly record struct DataPosition(long ByteOffset, long Line, long Row)
{
    public static readonly DataPosition Start;
}
