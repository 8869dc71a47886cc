using System.Runtime.InteropServices;
using static Kinora.Adapters.Media.Vips.VipsNative;

namespace Kinora.Adapters.Media.Vips;

/// <summary>One libvips operation by name: set its arguments, run it, take its output. Not for sharing between threads.</summary>
internal sealed unsafe class VipsOperation : IDisposable
{
    private const int ParamSpecValueType = 24; // offset of GParamSpec.value_type on 64-bit
    private readonly string _name;
    private nint _operation;

    internal VipsOperation(string name)
    {
        Vips.EnsureStarted();
        _name = name;
        _operation = OperationNew(name);
        if (_operation == 0)
        {
            throw VipsException.Take(name);
        }
    }

    internal VipsOperation Set(string argument, VipsImage image) => Set(argument, value => ValueSetObject(value, image.Pointer));

    internal VipsOperation Set(string argument, bool content) => Set(argument, value => ValueSetBoolean(value, content ? 1 : 0));

    internal VipsOperation Set(string argument, double content) => Set(argument, value => ValueSetDouble(value, content));

    /// <summary>An int; also for enumerations given by number and for uint64 arguments.</summary>
    internal VipsOperation Set(string argument, int content) => Set(argument, value =>
    {
        switch (TypeFundamental(value->Type))
        {
            case 12 << 2: ValueSetEnum(value, content); break;
            case 11 << 2: ValueSetUInt64(value, (ulong)content); break;
            case 15 << 2: ValueSetDouble(value, content); break;
            default: ValueSetInt(value, content); break;
        }
    });

    /// <summary>A string, or an enumeration's or flag's nickname (<c>"centre"</c>).</summary>
    internal VipsOperation Set(string argument, string content) => Set(argument, value =>
    {
        switch (TypeFundamental(value->Type))
        {
            case 12 << 2: ValueSetEnum(value, Known(argument, content, EnumFromNick("kinora", value->Type, content))); break;
            case 13 << 2: ValueSetFlags(value, (uint)Known(argument, content, FlagsFromNick("kinora", value->Type, content))); break;
            default: ValueSetString(value, content); break;
        }
    });

    /// <summary>Bytes of an encoded file. They are copied: libvips reads them lazily, long after this call.</summary>
    internal VipsOperation SetBytes(string argument, ReadOnlySpan<byte> bytes)
    {
        nint blob;
        fixed (byte* data = bytes)
        {
            blob = BlobCopy(data, (nuint)bytes.Length);
        }

        return SetBoxed(argument, blob);
    }

    internal VipsOperation SetDoubles(string argument, ReadOnlySpan<double> numbers)
    {
        fixed (double* data = numbers)
        {
            return SetBoxed(argument, ArrayDoubleNew(data, numbers.Length));
        }
    }

    internal VipsOperation SetInts(string argument, ReadOnlySpan<int> numbers)
    {
        fixed (int* data = numbers)
        {
            return SetBoxed(argument, ArrayIntNew(data, numbers.Length));
        }
    }

    internal VipsOperation SetImages(string argument, params ReadOnlySpan<VipsImage> images)
    {
        var pointers = stackalloc nint[images.Length];
        for (var i = 0; i < images.Length; i++)
        {
            pointers[i] = images[i].Pointer;
        }

        return SetBoxed(argument, ArrayImageNew(pointers, images.Length));
    }

    internal VipsImage RunToImage(string output = "out") =>
        Run(output, value => new VipsImage(ObjectRef(ValueGetObject(value))));

    /// <summary>For operations whose result is the file they were told to write.</summary>
    internal void RunToFile()
    {
        var built = CacheOperationBuild(_operation);
        if (built == 0)
        {
            ObjectUnrefOutputs(_operation);
            throw VipsException.Take(_name);
        }

        ObjectUnrefOutputs(built);
        ObjectUnref(built);
    }

    internal byte[] RunToBytes(string output = "buffer") => Run(output, value =>
    {
        var data = BlobGet(ValueGetBoxed(value), out var size);
        var bytes = new byte[checked((int)size)];
        Marshal.Copy(data, bytes, 0, bytes.Length);
        return bytes;
    });

    public void Dispose()
    {
        if (_operation == 0)
        {
            return;
        }

        ObjectUnref(_operation);
        _operation = 0;
    }

    private delegate void Fill(GValue* value);

    private delegate T Read<T>(GValue* value);

    private VipsOperation Set(string argument, Fill fill)
    {
        var spec = ClassFindProperty(*(nint*)_operation, argument);
        if (spec == 0)
        {
            throw new VipsException($"{_name}: has no argument '{argument}'");
        }

        GValue value = default;
        ValueInit(&value, *(nuint*)(spec + ParamSpecValueType));
        fill(&value);
        ObjectSetProperty(_operation, argument, &value);
        ValueUnset(&value);
        return this;
    }

    private VipsOperation SetBoxed(string argument, nint area)
    {
        Set(argument, value => ValueSetBoxed(value, area));
        AreaUnref(area); // the property holds its own reference now
        return this;
    }

    private T Run<T>(string output, Read<T> read)
    {
        var built = CacheOperationBuild(_operation);
        if (built == 0)
        {
            ObjectUnrefOutputs(_operation);
            throw VipsException.Take(_name);
        }
        try
        {
            GValue value = default;
            ValueInit(&value, *(nuint*)(ClassFindProperty(*(nint*)built, output) + ParamSpecValueType));
            ObjectGetProperty(built, output, &value);
            var result = read(&value);
            ValueUnset(&value);
            return result;
        }
        finally
        {
            ObjectUnrefOutputs(built);
            ObjectUnref(built);
        }
    }

    private int Known(string argument, string nick, int number) =>
        number >= 0 ? number : throw new VipsException($"{_name}: '{nick}' is no value of '{argument}'");
}
