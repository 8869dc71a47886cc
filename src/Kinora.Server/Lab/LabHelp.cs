using System.Text;
using Kinora.Server.Lab.Shapes;

namespace Kinora.Server.Lab;

/// <summary>The page at <c>GET /lab</c>, made from the tables themselves.</summary>
internal static class LabHelp
{
    public static string Write(IReadOnlyList<ILabShape> shapes)
    {
        var page = new StringBuilder("""
            kinora lab: a provider for trying things out. It takes any key, makes test videos, and fails on request.

            A SCRIPT says how one job goes: in the prompt, [lab:queued=2,running=3,end=failed], or in the header X-Lab-Script,
            or for the next create by POST /lab/script (the text as body).
              queued=N running=N   looks (polls) the job shows as waiting, then as running; 1 and 2 by default
              end=WORD             
            """);
        page.AppendJoin(", ", LabScript.Ends).Append("""

              bytes=N              the result is filled up to N bytes and stays a proper video
              inline=1             the result comes with the create's answer, where the server can
              picture=WORD         
            """);
        page.AppendJoin(", ", LabScript.Pictures).Append("""

              quirk=WORD+WORD      relays alone: 
            """);
        page.AppendJoin(", ", LabScript.Quirks).Append("""

              hook=WORD+WORD       calls back where the create asked for it, on loopback only: 
            """);
        page.AppendJoin(", ", Tasks.TaskCallbacks.Ways).Append("""

              create=F poll=F content=F   faults at that moment; fault=F puts each where it is at home
            A FAULT is name[:argument][*times]; several are joined by +, and the first that has turns left plays:
              [lab:create=reset_after_accept]   [lab:poll=500*3+429:20*1]   [lab:content=truncated*1]

            ADDRESSES
              GET /lab/ledger      every create that was accepted, and so would have been paid; DELETE clears everything
              GET /lab/requests    polls and downloads of each job, and the last requests
              GET /lab/sent        the last requests with their headers and bodies, files and long texts as hashes
              POST /lab/script     the script of the next create
              POST /lab/outage     a fault that every request meets, until DELETE /lab/outage


            """);
        page.AppendLine("SHAPES");
        foreach (var (prefix, what) in shapes.SelectMany(shape => shape.Help))
        {
            page.AppendLine($"  {prefix,-18} {what}");
        }

        foreach (var place in (LabPlace[])[LabPlace.Create, LabPlace.Poll, LabPlace.Content])
        {
            page.AppendLine().AppendLine($"FAULTS OF {place.ToString().ToUpperInvariant()}");
            foreach (var fault in LabFaults.All.Where(fault => fault.Places.HasFlag(place)))
            {
                page.AppendLine($"  {fault.Name,-20} {fault.Help}");
            }
        }

        return page.ToString();
    }
}
