using System.Buffers.Binary;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Npgsql;

namespace Chunnel.Connectors.Jdbc;

/// <summary>
/// What the driver has received and not given out yet, and the socket that it comes from: internals of the exact version of the driver that
/// is referenced (docs/adr/0097, 0115).
/// </summary>
internal sealed class DriverBuffer
{
    /// <summary>CopyData's letter.</summary>
    private const byte CopyData = (byte)'d';

    /// <summary>A letter, and a length that counts itself.</summary>
    private const int HeadBytes = 1 + sizeof(int);

    // By reflection, a few times for many rows: an accessor that names an internal type is compiled at run time, which takes longer than all of them.
    private static readonly FieldInfo s_buffer = Field(typeof(NpgsqlRawCopyStream), "_readBuf");
    private static readonly FieldInfo s_socket = Field(s_buffer.FieldType, "_underlyingSocket");
    private static readonly FieldInfo s_underlying = Field(s_buffer.FieldType, "<Underlying>k__BackingField");
    private static readonly FieldInfo s_bytes = Field(s_buffer.FieldType, "Buffer");
    private static readonly FieldInfo s_filled = Field(s_buffer.FieldType, "FilledBytes");
    private static readonly FieldInfo s_position = Field(s_buffer.FieldType, "<ReadPosition>k__BackingField");

    private readonly NpgsqlRawCopyStream _stream;
    private readonly object _buffer;
    private readonly byte[] _bytes;
    private readonly bool _isPlain;

    /// <param name="stream">A COPY that is being read.</param>
    public DriverBuffer(NpgsqlRawCopyStream stream)
    {
        _stream = stream;
        _buffer = s_buffer.GetValue(stream)!;
        _bytes = (byte[])s_bytes.GetValue(_buffer)!;
        Socket = (Socket)s_socket.GetValue(_buffer)!;
        _isPlain = s_underlying.GetValue(_buffer) is NetworkStream;
    }

    /// <summary>What the driver receives from, below its encryption.</summary>
    public Socket Socket { get; }

    /// <summary>True when no more can be received before something is taken: a row is longer than the buffer.</summary>
    public bool IsFull => Filled - Position == _bytes.Length;

    /// <summary>True when the contents of a message stand here, which <see cref="Take"/> or the driver gives out without a wait.</summary>
    public bool HasRows
    {
        get
        {
            var (at, left) = (Position, Filled - Position);
            if (LeftInMessage(_stream) > 0) return left > 0;
            return left > HeadBytes && _bytes[at] == CopyData && left > BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(at + 1));
        }
    }

    /// <summary>False when at least one byte of a row stands here: then the driver gives it out without a wait.</summary>
    public bool IsDrained
    {
        get
        {
            var (at, left) = (Position, Filled - Position);
            return LeftInMessage(_stream) > 0 ? left == 0 : left <= HeadBytes || _bytes[at] != CopyData;
        }
    }

    /// <summary>True when a message stands here that holds no row: the end, or an error.</summary>
    public bool IsAtOther => LeftInMessage(_stream) == 0 && Position < Filled && _bytes[Position] != CopyData;

    /// <summary>Where what is not given out yet begins in the buffer.</summary>
    private int Position
    {
        get => (int)s_position.GetValue(_buffer)!;
        set => s_position.SetValue(_buffer, value);
    }

    /// <summary>Where it ends.</summary>
    private int Filled
    {
        get => (int)s_filled.GetValue(_buffer)!;
        set => s_filled.SetValue(_buffer, value);
    }

    /// <summary>
    /// Receives what has come in, of which there must be some: without the driver, which would have to be woken for a message's last byte. False
    /// when it alone can: it decrypts, there is no room, or the connection is broken, which it knows how to tell.
    /// </summary>
    public bool Receive()
    {
        if (!_isPlain || IsFull) return false;
        var (at, filled) = (Position, Filled);
        if (at > 0)
        {
            _bytes.AsSpan(at, filled - at).CopyTo(_bytes);
            Position = 0;
            Filled = filled -= at;
        }
        var received = Socket.Receive(_bytes.AsSpan(filled), SocketFlags.None, out var error);
        if (error != SocketError.Success) return false;
        Filled = filled + received;
        return received > 0;
    }

    /// <summary>Takes the contents of messages that stand in the buffer whole, as many as there is room for; answers their bytes.</summary>
    public int Take(Span<byte> to)
    {
        if (LeftInMessage(_stream) > 0) return 0;
        var at = Position;
        var from = new ReadOnlySpan<byte>(_bytes, at, Filled - at);
        var (taken, given) = (0, 0);
        while (from.Length - taken >= HeadBytes && from[taken] == CopyData)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(from[(taken + 1)..]) - sizeof(int);
            if ((uint)length > (uint)Math.Min(from.Length - taken - HeadBytes, to.Length - given)) break;
            Copy(from[(taken + HeadBytes)..], to[given..], length);
            given += length;
            taken += HeadBytes + length;
        }
        Position = at + taken;
        return given;
    }

    /// <summary>Most rows are short: where there is room for it, whole vectors are copied, without a call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(ReadOnlySpan<byte> from, Span<byte> to, int length)
    {
        const int most = 128;
        if (length > most || Math.Min(from.Length, to.Length) < most)
        {
            from[..length].CopyTo(to);
            return;
        }
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        for (nuint at = 0; at < (nuint)length; at += 2 * (nuint)Vector128<byte>.Count)
        {
            var (first, second) = (Vector128.LoadUnsafe(ref source, at), Vector128.LoadUnsafe(ref source, at + (nuint)Vector128<byte>.Count));
            first.StoreUnsafe(ref target, at);
            second.StoreUnsafe(ref target, at + (nuint)Vector128<byte>.Count);
        }
    }

    private static FieldInfo Field(Type type, string name) =>
        type.GetField(name, BindingFlags.Instance | BindingFlags.NonPublic) ?? throw new MissingFieldException(type.FullName, name);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_leftToReadInDataMsg")]
    private static extern ref int LeftInMessage(NpgsqlRawCopyStream stream);
}
