using Chunnel.Core;
using Chunnel.Transforms.Tables;

namespace Chunnel.Transforms.FieldEncrypt;

/// <summary>The rows with some strings encrypted or decrypted.</summary>
internal sealed class FieldEncryptTransform(OutputColumns output, int[] sources, FieldCipher cipher, EncryptMode mode, RowErrors errors)
    : ColumnMaker(output, errors)
{
    public override void Dispose()
    {
        cipher.Dispose();
        base.Dispose();
    }

    protected override void Fill(ColumnBatch batch, ColumnBuilder[] to)
    {
        for (var i = 0; i < sources.Length; i++)
        {
            var from = (TextColumn)batch[sources[i]];
            if (mode == EncryptMode.Encrypt) Encrypt(batch, from, (TextBuilder)to[i]);
            else Decrypt(batch, batch.Schema.Columns[sources[i]].Name, from, (TextBuilder)to[i]);
        }
    }

    private void Encrypt(ColumnBatch batch, TextColumn from, TextBuilder to)
    {
        for (var i = 0; i < batch.Selected; i++)
        {
            var row = batch.RowAt(i);
            if (from.IsNull(row)) continue;
            At(to, row);
            cipher.Encrypt(from[row], to);
        }
    }

    private void Decrypt(ColumnBatch batch, string name, TextColumn from, TextBuilder to)
    {
        for (var i = 0; i < batch.Selected; i++)
        {
            var row = batch.RowAt(i);
            if (from.IsNull(row)) continue;
            At(to, row);
            if (!cipher.TryDecrypt(from[row], to)) Fail(batch, row, name, "the text cannot be decrypted with this key");
        }
    }
}
