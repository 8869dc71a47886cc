using System.Diagnostics;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Secrets;

public sealed class KeyFilesTests : IDisposable
{
    // Looking for the name and then taking it goes wrong about twice in a thousand times.
    private const int Files = 1_500;

    // In memory: a disk would make one wait for the other.
    private readonly string _folder = Directory.CreateDirectory($"/dev/shm/kinora-keys-{Guid.NewGuid():N}").FullName;

    private readonly List<Process> _children = [];

    public void Dispose()
    {
        foreach (var child in _children)
        {
            child.Kill();
            child.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task AKeyMadeByTwoProcessesAtOnce_IsOne()
    {
        var start = ChildHost.Start("keys", _folder);
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        _children.AddRange(Enumerable.Range(0, 2).Select(_ => Process.Start(start)!));
        foreach (var name in Enumerable.Range(0, Files).Select(number => $"{number}.key"))
        {
            // Both wait for their line, so that both are at it at once.
            foreach (var child in _children)
            {
                child.StandardInput.WriteLine(name);
            }

            var keys = await Task.WhenAll(_children.Select(child => child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()));

            keys.ShouldAllBe(key => key == Convert.ToHexString(File.ReadAllBytes(Path.Combine(_folder, name))));
        }

        Directory.GetFiles(_folder).Length.ShouldBe(Files);
    }
}
