using System.Text;
using Kinora.Adapters.Storage;
using Kinora.Folders;
using Xunit;

namespace Kinora.Tests.Storage;

/// <summary>Files of a root as texts.</summary>
internal static class RootTexts
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<UserFileInfo> SaveTextAsync(this SafeRoot root, string name, string text, bool overwrite = false) =>
        root.SaveAsync(name, (file, cancel) => file.WriteAsync(Encoding.UTF8.GetBytes(text), cancel).AsTask(), overwrite, Cancel);

    public static async Task<string> ReadTextAsync(this SafeRoot root, string name)
    {
        using var reader = new StreamReader((await root.OpenAsync(name, Cancel)).Content);
        return await reader.ReadToEndAsync(Cancel);
    }
}
