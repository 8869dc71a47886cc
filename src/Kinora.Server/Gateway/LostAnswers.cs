using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Kinora.Generation;
using Kinora.Server.Api;

namespace Kinora.Server.Gateway;

/// <summary>
/// Requests whose client went away before its answer, or was told that it takes too long. The same again is taken for the first one sent again, and is its job: the .NET
/// client gives up after 100 seconds and sends a body of JSON once more by itself, and nothing in that says so. Kept in memory, as long as it matters.
/// </summary>
internal sealed class LostAnswers(TimeProvider time)
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _lost = new(StringComparer.Ordinal);

    public GenerationDraft Mark(ApiCall call, GenerationDraft draft) =>
        draft with { Resent = draft.Resent || (_lost.TryGetValue(KeyOf(call), out var since) && time.GetUtcNow() - since < GenerationService.ResendWindow) };

    public void Note(ApiCall call)
    {
        if (_lost.Count >= Most)
        {
            Tidy();
        }

        if (_lost.Count < Most)
        {
            _lost[KeyOf(call)] = time.GetUtcNow();
        }
    }

    /// <summary>It has its answer: the same again is a wish of its own.</summary>
    public void Forget(ApiCall call) => _lost.TryRemove(KeyOf(call), out _);

    private void Tidy()
    {
        var oldest = time.GetUtcNow() - GenerationService.ResendWindow;
        foreach (var (key, since) in _lost)
        {
            if (since < oldest)
            {
                _lost.TryRemove(key, out _);
            }
        }
    }

    /// <summary>Kept with the call: what came with it is let go of before the long wait.</summary>
    private static string KeyOf(ApiCall call)
    {
        if (call.Context.Items[typeof(LostAnswers)] is not string key)
        {
            call.Context.Items[typeof(LostAnswers)] = key = Written(call);
        }

        return key;
    }

    private static string Written(ApiCall call) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{call.Caller.UserId}\n{call.Context.Request.Path}\n{call.Arguments.Written()}")));
}
