using System.Reflection;
using System.Runtime.InteropServices;

namespace Kinora.Adapters.Media.Vips;

/// <summary>
/// The non-variadic core of the libvips C API. Variadic calls (<c>vips_thumbnail_buffer</c> …) are not bound on purpose:
/// called through a fixed signature they break where varargs travel differently (Apple arm64).
/// </summary>
internal static unsafe partial class VipsNative
{
    private const string Library = "kinora-vips";

    static VipsNative() => NativeLibrary.SetDllImportResolver(typeof(VipsNative).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? paths) =>
        name == Library ? NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, "native", "libvips-cpp.so")) : 0;

    /// <summary>A GLib value: a type word and two words of content.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct GValue
    {
        public nuint Type;
        public ulong First;
        public ulong Second;
    }

    [LibraryImport(Library, EntryPoint = "vips_init", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Init(string program);

    [LibraryImport(Library, EntryPoint = "vips_block_untrusted_set")]
    internal static partial void BlockUntrustedSet([MarshalAs(UnmanagedType.Bool)] bool on);

    [LibraryImport(Library, EntryPoint = "vips_concurrency_set")]
    internal static partial void ConcurrencySet(int threads);

    [LibraryImport(Library, EntryPoint = "vips_cache_set_max")]
    internal static partial void CacheSetMax(int operations);

    [LibraryImport(Library, EntryPoint = "vips_cache_set_max_mem")]
    internal static partial void CacheSetMaxMem(nuint bytes);

    [LibraryImport(Library, EntryPoint = "vips_cache_set_max_files")]
    internal static partial void CacheSetMaxFiles(int files);

    [LibraryImport(Library, EntryPoint = "vips_error_buffer_copy")]
    internal static partial nint ErrorBufferCopy();

    [LibraryImport(Library, EntryPoint = "vips_thread_shutdown")]
    internal static partial void ThreadShutdown();

    [LibraryImport(Library, EntryPoint = "vips_operation_new", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint OperationNew(string name);

    [LibraryImport(Library, EntryPoint = "vips_cache_operation_build")]
    internal static partial nint CacheOperationBuild(nint operation);

    [LibraryImport(Library, EntryPoint = "vips_object_unref_outputs")]
    internal static partial void ObjectUnrefOutputs(nint operation);

    [LibraryImport(Library, EntryPoint = "vips_enum_from_nick", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int EnumFromNick(string domain, nuint type, string nick);

    [LibraryImport(Library, EntryPoint = "vips_flags_from_nick", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int FlagsFromNick(string domain, nuint type, string nick);

    [LibraryImport(Library, EntryPoint = "vips_foreign_find_load", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint ForeignFindLoad(string path);

    [LibraryImport(Library, EntryPoint = "vips_foreign_find_load_buffer")]
    internal static partial nint ForeignFindLoadBuffer(byte* data, nuint size);

    [LibraryImport(Library, EntryPoint = "vips_nickname_find")]
    internal static partial nint NicknameFind(nuint type);

    [LibraryImport(Library, EntryPoint = "g_type_from_name", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nuint TypeFromName(string name);

    [LibraryImport(Library, EntryPoint = "g_type_fundamental")]
    internal static partial nuint TypeFundamental(nuint type);

    [LibraryImport(Library, EntryPoint = "g_object_class_find_property", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint ClassFindProperty(nint type, string name);

    [LibraryImport(Library, EntryPoint = "g_object_set_property", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void ObjectSetProperty(nint instance, string name, GValue* value);

    [LibraryImport(Library, EntryPoint = "g_object_get_property", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void ObjectGetProperty(nint instance, string name, GValue* value);

    [LibraryImport(Library, EntryPoint = "g_object_ref")]
    internal static partial nint ObjectRef(nint instance);

    [LibraryImport(Library, EntryPoint = "g_object_unref")]
    internal static partial void ObjectUnref(nint instance);

    [LibraryImport(Library, EntryPoint = "g_free")]
    internal static partial void Free(nint memory);

    [LibraryImport(Library, EntryPoint = "g_setenv", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetEnv(string name, string value, int overwrite);

    [LibraryImport(Library, EntryPoint = "g_value_init")]
    internal static partial GValue* ValueInit(GValue* value, nuint type);

    [LibraryImport(Library, EntryPoint = "g_value_unset")]
    internal static partial void ValueUnset(GValue* value);

    [LibraryImport(Library, EntryPoint = "g_value_set_boolean")]
    internal static partial void ValueSetBoolean(GValue* value, int content);

    [LibraryImport(Library, EntryPoint = "g_value_set_int")]
    internal static partial void ValueSetInt(GValue* value, int content);

    [LibraryImport(Library, EntryPoint = "g_value_set_uint64")]
    internal static partial void ValueSetUInt64(GValue* value, ulong content);

    [LibraryImport(Library, EntryPoint = "g_value_set_double")]
    internal static partial void ValueSetDouble(GValue* value, double content);

    [LibraryImport(Library, EntryPoint = "g_value_set_enum")]
    internal static partial void ValueSetEnum(GValue* value, int content);

    [LibraryImport(Library, EntryPoint = "g_value_set_flags")]
    internal static partial void ValueSetFlags(GValue* value, uint content);

    [LibraryImport(Library, EntryPoint = "g_value_set_string", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void ValueSetString(GValue* value, string content);

    [LibraryImport(Library, EntryPoint = "g_value_set_object")]
    internal static partial void ValueSetObject(GValue* value, nint content);

    [LibraryImport(Library, EntryPoint = "g_value_get_object")]
    internal static partial nint ValueGetObject(GValue* value);

    [LibraryImport(Library, EntryPoint = "g_value_set_boxed")]
    internal static partial void ValueSetBoxed(GValue* value, nint content);

    [LibraryImport(Library, EntryPoint = "g_value_get_boxed")]
    internal static partial nint ValueGetBoxed(GValue* value);

    [LibraryImport(Library, EntryPoint = "vips_blob_copy")]
    internal static partial nint BlobCopy(byte* data, nuint size);

    [LibraryImport(Library, EntryPoint = "vips_blob_get")]
    internal static partial nint BlobGet(nint blob, out nuint size);

    [LibraryImport(Library, EntryPoint = "vips_area_unref")]
    internal static partial void AreaUnref(nint area);

    [LibraryImport(Library, EntryPoint = "vips_array_double_new")]
    internal static partial nint ArrayDoubleNew(double* values, int count);

    [LibraryImport(Library, EntryPoint = "vips_array_int_new")]
    internal static partial nint ArrayIntNew(int* values, int count);

    [LibraryImport(Library, EntryPoint = "vips_array_image_new")]
    internal static partial nint ArrayImageNew(nint* images, int count);

    [LibraryImport(Library, EntryPoint = "vips_image_new_from_memory_copy")]
    internal static partial nint ImageNewFromMemoryCopy(byte* data, nuint size, int width, int height, int bands, int format);

    [LibraryImport(Library, EntryPoint = "vips_image_write_to_memory")]
    internal static partial nint ImageWriteToMemory(nint image, out nuint size);

    [LibraryImport(Library, EntryPoint = "vips_image_get_width")]
    internal static partial int ImageGetWidth(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_height")]
    internal static partial int ImageGetHeight(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_bands")]
    internal static partial int ImageGetBands(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_n_pages")]
    internal static partial int ImageGetPages(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_orientation")]
    internal static partial int ImageGetOrientation(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_interpretation")]
    internal static partial int ImageGetInterpretation(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_hasalpha")]
    internal static partial int ImageHasAlpha(nint image);

    [LibraryImport(Library, EntryPoint = "vips_image_set_kill")]
    internal static partial void ImageSetKill(nint image, int kill);
}
