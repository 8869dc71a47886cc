using Microsoft.AspNetCore.WebUtilities;

namespace Kinora.Server.Realtime;

/// <summary>What the query of a request says; empty what is missing. Nothing else of it is read: no credential comes in by an address.</summary>
internal readonly record struct EngineQuery(string Version, string Transport, string Sid)
{
    public bool IsWebSocket => Transport == "websocket";

    /// <summary>Not by the request's own dictionary, which would stay in memory as long as a WebSocket does. Of repeated names the last counts.</summary>
    public static EngineQuery Read(HttpRequest request)
    {
        var query = new EngineQuery("", "", "");
        foreach (var pair in new QueryStringEnumerable(request.QueryString.Value))
        {
            query = pair.DecodeName().Span switch
            {
                "EIO" => query with { Version = pair.DecodeValue().ToString() },
                "transport" => query with { Transport = pair.DecodeValue().ToString() },
                "sid" => query with { Sid = pair.DecodeValue().ToString() },
                _ => query,
            };
        }

        return query;
    }
}
