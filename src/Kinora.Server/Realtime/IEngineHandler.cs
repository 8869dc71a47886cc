namespace Kinora.Server.Realtime;

/// <summary>What lives on a session: hears its messages one after the other.</summary>
internal interface IEngineHandler
{
    /// <param name="text">Valid only until the task has ended.</param>
    /// <param name="request">The request that brought it.</param>
    ValueTask OnTextAsync(ReadOnlyMemory<byte> text, HttpContext request);

    ValueTask OnBinaryAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>All that waited for the client was taken by it.</summary>
    void OnDrained();

    /// <summary>Called once; nothing can be sent any more.</summary>
    void OnClosed();

    /// <summary>Every two seconds: whether it may stay.</summary>
    ValueTask CheckAsync();
}
